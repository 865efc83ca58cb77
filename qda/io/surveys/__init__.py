"""Survey tables: CSV, Excel and SPSS files with a row for each respondent."""
