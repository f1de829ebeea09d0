window.YTD.article_metadata.part0 = [
  {
    "articleMetadata" : {
      "id" : "1700",
      "createdatMs" : "1700000000000",
      "updatedAtMs" : "1700000100000",
      "firstPublishedAtMs" : "1700000200000"
    }
  }
]