"""The strict Bot API server and the fakes that tests share."""
