"""The pages of the account, by what people want of them."""
