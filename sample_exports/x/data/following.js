window.YTD.following.part0 = [
  {
    "following" : {
      "accountId" : "310400112",
      "userLink" : "https://twitter.com/intent/user?user_id=310400112"
    }
  },
  {
    "following" : {
      "accountId" : "1184467712",
      "userLink" : "https://twitter.com/intent/user?user_id=1184467712"
    }
  },
  {
    "following" : {
      "accountId" : "955020187",
      "userLink" : "https://twitter.com/intent/user?user_id=955020187"
    }
  },
  {
    "following" : {
      "accountId" : "5500112",
      "userLink" : "https://twitter.com/intent/user?user_id=5500112"
    }
  }
]