window.YTD.contact.part0 = [
  {
    "contact" : {
      "id" : "441",
      "emails" : [
        "ben.zoe@example.org"
      ],
      "phoneNumbers" : [
        "+447700900456"
      ]
    }
  },
  {
    "contact" : {
      "id" : "442",
      "emails" : [],
      "phoneNumbers" : [
        "+447700900789"
      ]
    }
  },
  {
    "contact" : {
      "id" : "443",
      "emails" : [
        "jose@example.net"
      ],
      "phoneNumbers" : [
        "+12025550143"
      ]
    }
  },
  {
    "contact" : {
      "id" : "444",
      "emails" : [
        "a.ruiz@clinic.example"
      ],
      "phoneNumbers" : [
        "+12025550188"
      ]
    }
  },
  {
    "contact" : {
      "emails" : [
        "sam.okafor@example.com"
      ],
      "phoneNumbers" : [
        "+12025550117",
        "07700 900321"
      ]
    }
  }
]