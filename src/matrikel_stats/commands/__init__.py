"""The analyst's command, one module for each thing it does. `cli` gathers them."""
