"""The servers that the tests can run against, one module each: VARIABLE, start(), stop(), running_url()."""
