window.YTD.email_address_change.part0 = [
  {
    "emailAddressChange" : {
      "accountId" : "2398471065",
      "emailChange" : {
        "changedAt" : "2014-03-08T17:21:09.000Z",
        "changedTo" : "r.quill@quill-and-sons.example"
      }
    }
  },
  {
    "emailAddressChange" : {
      "accountId" : "2398471065",
      "emailChange" : {
        "changedAt" : "2018-05-25T06:00:00.000Z",
        "changedFrom" : "r.quill@quill-and-sons.example",
        "changedTo" : "rosa.quill@example.com"
      }
    }
  }
]