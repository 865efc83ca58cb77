"""The adjudication screen: places where coders are apart, side by side in the text, and what is decided on them."""
