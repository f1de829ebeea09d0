window.YTD.block.part0 = [
  {
    "blocking" : {
      "accountId" : "8812200",
      "userLink" : "https://twitter.com/intent/user?user_id=8812200"
    }
  }
]