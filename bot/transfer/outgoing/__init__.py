"""Exports a community's feedback into files that `portevoix import` brings back."""
