"""The desk of registers: enterprises, facilities, equipment, parks, products, licences."""
