"""Portal: one workbook that a person uploads in the Manager Portal (Alleo help centre, 303635)."""
