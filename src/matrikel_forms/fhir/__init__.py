"""Forms and answers as FHIR R4: Questionnaire and QuestionnaireResponse, for systems that know nothing of ours."""
