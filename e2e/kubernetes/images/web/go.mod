module ephemera.test/web

go 1.22
