"""Services in a CSV file or an Excel workbook."""
