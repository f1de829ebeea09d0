window.YTD.follower.part0 = [
  {
    "follower" : {
      "accountId" : "310400112",
      "userLink" : "https://twitter.com/intent/user?user_id=310400112"
    }
  },
  {
    "follower" : {
      "accountId" : "1184467712",
      "userLink" : "https://twitter.com/intent/user?user_id=1184467712"
    }
  },
  {
    "follower" : {
      "accountId" : "1402233890011223344",
      "userLink" : "https://twitter.com/intent/user?user_id=1402233890011223344"
    }
  }
]