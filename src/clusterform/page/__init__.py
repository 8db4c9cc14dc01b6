"""The whole program in one HTML file: what runs inside it (`session`), and how the file is made (`build`)."""
