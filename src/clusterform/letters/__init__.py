"""Letters to the counties whose forms must be corrected, and their summary, made from templates that are edited in Word."""
