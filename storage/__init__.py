"""The database: engine, tables and migrations, and one module of named queries for each subject. Knows no chat."""
