window.YTD.connected_application.part0 = [
  {
    "connectedApplication" : {
      "organization" : {
        "name" : "Harbour Fitness",
        "url" : "https://harbourfit.example",
        "privacyPolicyUrl" : "https://harbourfit.example/privacy",
        "termsAndConditionsUrl" : "https://harbourfit.example/terms"
      },
      "name" : "Harbour Fitness Share",
      "description" : "Posts your runs.",
      "permissions" : [
        "read",
        "write"
      ],
      "approvedAt" : "2021-04-03T15:00:00.000Z",
      "id" : "9911001"
    }
  }
]