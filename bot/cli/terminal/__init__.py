"""What every command of the command line needs: opening the store, printing data, asking the operator."""
