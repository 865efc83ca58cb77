"""The parts of the screens that show reports and hits: tables, charts, lists, forms, and the counting behind them."""
