"""The page: GB/T 9704 as a document declares it and as it comes out in print."""
