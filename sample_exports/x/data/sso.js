window.YTD.sso.part0 = [
  {
    "sso" : {
      "ssoId" : "104229930012345678901",
      "ssoEmail" : "rosa.quill@example.com",
      "associationMethodType" : "Google",
      "createdAt" : "2022-08-14T12:00:00.000Z"
    }
  }
]