"""Python for browsers with one version of clusterform in it: the files beside this are what `clusterform page` makes a page of."""
