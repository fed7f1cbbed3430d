package io.github.costwise.testsupport;

import java.io.ByteArrayOutputStream;
import java.io.EOFException;
import java.io.IOException;
import java.io.InputStream;
import java.io.PushbackInputStream;
import java.nio.charset.StandardCharsets;
import java.util.LinkedHashMap;
import java.util.Locale;
import java.util.Map;

import org.jspecify.annotations.Nullable;

/** Reads HTTP/1.1 requests from a connection. Not thread-safe. */
final class HttpRequestReader {

	private final PushbackInputStream in;

	HttpRequestReader(InputStream in) {
		this.in = new PushbackInputStream(in, 1);
	}

	/**
	 * Reads the next request.
	 * @return the request, or {@code null} when the client has closed the connection
	 * @throws IOException when the connection breaks
	 */
	@Nullable RawRequest next() throws IOException {
		if (!awaitByte()) {
			return null;
		}
		String[] requestLine = line().split(" ");
		Map<String, String> headers = new LinkedHashMap<>();
		for (String line = line(); !line.isEmpty(); line = line()) {
			int colon = line.indexOf(':');
			headers.put(line.substring(0, colon).toLowerCase(Locale.ROOT), line.substring(colon + 1).trim());
		}
		return new RawRequest(requestLine[1], headers, body(headers));
	}

	/**
	 * Waits until the client sends something more or closes the connection.
	 * @return whether there is something to read
	 * @throws IOException when the connection breaks
	 */
	boolean awaitByte() throws IOException {
		int next = this.in.read();
		if (next >= 0) {
			this.in.unread(next);
		}
		return next >= 0;
	}

	private byte[] body(Map<String, String> headers) throws IOException {
		if ("chunked".equalsIgnoreCase(headers.get("transfer-encoding"))) {
			return chunkedBody();
		}
		return this.in.readNBytes(Integer.parseInt(headers.getOrDefault("content-length", "0")));
	}

	private byte[] chunkedBody() throws IOException {
		ByteArrayOutputStream body = new ByteArrayOutputStream();
		for (int size = chunkSize(); size > 0; size = chunkSize()) {
			body.write(this.in.readNBytes(size));
			line();
		}
		line();
		return body.toByteArray();
	}

	private int chunkSize() throws IOException {
		return Integer.parseInt(line().split(";")[0].trim(), 16);
	}

	private String line() throws IOException {
		ByteArrayOutputStream line = new ByteArrayOutputStream();
		for (int next = this.in.read(); next != '\n'; next = this.in.read()) {
			if (next < 0) {
				throw new EOFException("Closed within a request");
			}
			if (next != '\r') {
				line.write(next);
			}
		}
		return line.toString(StandardCharsets.ISO_8859_1);
	}

	record RawRequest(String path, Map<String, String> headers, byte[] body) {

	}

}
