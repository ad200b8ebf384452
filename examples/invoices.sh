#!/bin/sh
# Last month's invoices as CSV, for accounting.
exec aka twilio:invoice --all --month "${1:-last}" --csv
