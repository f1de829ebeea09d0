window.YTD.branch_links.part0 = [
  {
    "branchLink" : {
      "timestamp" : "2024-10-29T08:01:02.000Z",
      "landingPage" : "https://x.example/i/status/1",
      "externalReferrerUrl" : "https://news.example/garden",
      "channel" : "web",
      "feature" : "banner",
      "campaign" : "open_app"
    }
  }
]