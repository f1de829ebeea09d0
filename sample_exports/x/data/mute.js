window.YTD.mute.part0 = [
  {
    "muting" : {
      "accountId" : "5500112",
      "userLink" : "https://twitter.com/intent/user?user_id=5500112"
    }
  }
]