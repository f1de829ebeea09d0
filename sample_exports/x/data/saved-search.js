window.YTD.saved_search.part0 = [
  {
    "savedSearch" : {
      "savedSearchId" : "42214",
      "query" : "blight Bath"
    }
  },
  {
    "savedSearch" : {
      "savedSearchId" : "55814",
      "query" : "from:marta_q roses"
    }
  }
]