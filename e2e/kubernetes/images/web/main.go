// A web server in an image without a shell or any other program: what debuggers are for.
package main

import (
	"fmt"
	"log"
	"net/http"
	"os"
)

func main() {
	host, _ := os.Hostname()
	http.HandleFunc("/", func(w http.ResponseWriter, r *http.Request) {
		fmt.Fprintf(w, "served by %s\n", host)
	})
	log.Fatal(http.ListenAndServe(":80", nil))
}
