window.YTD.like.part0 = [
  {
    "like" : {
      "tweetId" : "1241273337246674944",
      "fullText" : "Everyone clap for the nurses",
      "expandedUrl" : "https://twitter.com/i/web/status/1241273337246674944"
    }
  },
  {
    "like" : {
      "tweetId" : "20",
      "expandedUrl" : "https://twitter.com/i/web/status/20"
    }
  },
  {
    "like" : {
      "tweetId" : "1806598407582674944",
      "fullText" : "Pride march in Bath, noon &amp; after",
      "expandedUrl" : "https://twitter.com/i/web/status/1806598407582674944"
    }
  }
]