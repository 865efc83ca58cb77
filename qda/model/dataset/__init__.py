"""Datasets: tables of others that stand beside a study; read, checked, recoded and crossed, and never coded."""
