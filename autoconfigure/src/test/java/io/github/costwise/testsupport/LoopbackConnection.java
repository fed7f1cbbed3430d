package io.github.costwise.testsupport;

import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.io.OutputStream;
import java.net.Socket;
import java.nio.charset.StandardCharsets;
import java.util.Iterator;
import java.util.List;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Future;
import java.util.concurrent.Semaphore;
import java.util.function.Function;

import org.jspecify.annotations.Nullable;

import io.github.costwise.testsupport.Fault.Kind;
import io.github.costwise.testsupport.Fault.Point;
import io.github.costwise.testsupport.HttpRequestReader.RawRequest;
import io.github.costwise.testsupport.LoopbackExchange.End;

/**
 * One connection of a client. Its own thread reads; each answer is written by another
 * one, so that a client that goes away is noticed even while nothing is written.
 */
final class LoopbackConnection implements Runnable {

	private final Socket socket;

	private final ExecutorService writers;

	private final Function<RawRequest, @Nullable LoopbackExchange> script;

	LoopbackConnection(Socket socket, ExecutorService writers,
			Function<RawRequest, @Nullable LoopbackExchange> script) {
		this.socket = socket;
		this.writers = writers;
		this.script = script;
	}

	@Override
	public void run() {
		try (this.socket) {
			HttpRequestReader reader = new HttpRequestReader(this.socket.getInputStream());
			for (RawRequest raw = reader.next(); raw != null; raw = reader.next()) {
				serve(raw, reader);
			}
		}
		catch (IOException ex) {
			// the peer is gone, which is all that a connection needs to know
		}
	}

	private void serve(RawRequest raw, HttpRequestReader reader) throws IOException {
		LoopbackExchange exchange = this.script.apply(raw);
		if (exchange == null) {
			write(head(404, "text/plain", List.of(), 0));
			return;
		}
		Future<?> writer = this.writers.submit(() -> answer(exchange));
		boolean more = false;
		try {
			more = reader.awaitByte();
		}
		finally {
			if (!more) {
				exchange.endAs(End.CLOSED_BY_CLIENT);
				writer.cancel(true);
			}
		}
	}

	private void answer(LoopbackExchange exchange) {
		try {
			if (!breaksBeforeBody(exchange)) {
				writeAnswer(exchange);
			}
		}
		catch (IOException ex) {
			exchange.endAs(End.CLOSED_BY_CLIENT);
		}
		catch (InterruptedException ex) {
			Thread.currentThread().interrupt();
		}
	}

	private boolean breaksBeforeBody(LoopbackExchange exchange) throws IOException, InterruptedException {
		Fault fault = exchange.answer().fault();
		if (fault.isAt(Point.BEFORE_HEADERS)) {
			breakOff(exchange);
			return true;
		}
		if (fault.isAt(Point.MID_HEADERS)) {
			write("HTTP/1.1 200 OK\r\ncontent-ty");
			breakOff(exchange);
			return true;
		}
		return false;
	}

	private void writeAnswer(LoopbackExchange exchange) throws IOException, InterruptedException {
		LoopbackRequest request = exchange.request();
		Answer answer = exchange.answer();
		Wire wire = request.protocol().wire;
		if (answer.status() == 200 && request.isStream() && answer.body() == null) {
			List<String> events = answer.events();
			writeStream(exchange, (events != null) ? events : wire.chunks(request, answer));
			return;
		}
		String body = answer.body();
		if (body == null) {
			body = Json.write((answer.status() == 200) ? wire.body(request, answer) : wire.error(answer.status()));
		}
		writeWhole(exchange, answer.isMalformed() ? half(body) : body);
	}

	private void writeWhole(LoopbackExchange exchange, String body) throws IOException, InterruptedException {
		Answer answer = exchange.answer();
		await(answer.gate());
		byte[] bytes = body.getBytes(StandardCharsets.UTF_8);
		String head = head(answer.status(), "application/json", headersOf(answer), bytes.length);
		if (answer.fault().kind() != Kind.NONE) {
			write(answer.fault().isAt(Point.MID_CHUNK) ? head + half(body) : head);
			breakOff(exchange);
			return;
		}
		ByteArrayOutputStream all = new ByteArrayOutputStream();
		all.write(head.getBytes(StandardCharsets.ISO_8859_1));
		all.write(bytes);
		exchange.sent();
		exchange.endAs(End.COMPLETED);
		write(all.toByteArray());
	}

	private void writeStream(LoopbackExchange exchange, List<String> chunks) throws IOException, InterruptedException {
		Answer answer = exchange.answer();
		write(head(200, exchange.request().protocol().wire.streamType(), headersOf(answer), -1));
		if (answer.fault().isAt(Point.BEFORE_BODY)) {
			breakOff(exchange);
			return;
		}
		for (Iterator<String> rest = chunks.iterator(); rest.hasNext();) {
			await(answer.gate());
			String chunk = rest.next();
			if (answer.fault().isWithin(exchange.chunksSent() + 1)) {
				write(Integer.toHexString(chunk.length()) + "\r\n" + half(chunk));
				breakOff(exchange);
				return;
			}
			writeChunk(exchange,
					(answer.isMalformed() && chunks.indexOf(chunk) == malformedAt(chunks)) ? broken(chunk) : chunk,
					!rest.hasNext());
			if (answer.fault().isAfter(exchange.chunksSent())) {
				breakOff(exchange);
				return;
			}
		}
	}

	private void writeChunk(LoopbackExchange exchange, String chunk, boolean last) throws IOException {
		ByteArrayOutputStream framed = new ByteArrayOutputStream();
		byte[] bytes = chunk.getBytes(StandardCharsets.UTF_8);
		framed.write((Integer.toHexString(bytes.length) + "\r\n").getBytes(StandardCharsets.ISO_8859_1));
		framed.write(bytes);
		framed.write((last ? "\r\n0\r\n\r\n" : "\r\n").getBytes(StandardCharsets.ISO_8859_1));
		exchange.sent();
		if (last) {
			exchange.endAs(End.COMPLETED);
		}
		write(framed.toByteArray());
	}

	private void breakOff(LoopbackExchange exchange) throws IOException, InterruptedException {
		Kind kind = exchange.answer().fault().kind();
		if (kind == Kind.STALL) {
			new CountDownLatch(1).await();
		}
		exchange.endAs(End.BROKEN_BY_SERVER);
		if (kind == Kind.RESET) {
			this.socket.setSoLinger(true, 0);
		}
		this.socket.close();
	}

	private void await(@Nullable Semaphore gate) throws InterruptedException {
		if (gate != null) {
			gate.acquire();
		}
	}

	private void write(String text) throws IOException {
		write(text.getBytes(StandardCharsets.ISO_8859_1));
	}

	private void write(byte[] bytes) throws IOException {
		OutputStream out = this.socket.getOutputStream();
		out.write(bytes);
		out.flush();
	}

	private static List<String> headersOf(Answer answer) {
		return answer.headers()
			.entrySet()
			.stream()
			.map((header) -> header.getKey() + ": " + header.getValue())
			.toList();
	}

	private static String head(int status, String type, List<String> headers, int length) {
		StringBuilder head = new StringBuilder("HTTP/1.1 " + status + " Scripted\r\ncontent-type: " + type + "\r\n");
		headers.forEach((header) -> head.append(header).append("\r\n"));
		head.append((length < 0) ? "transfer-encoding: chunked\r\n" : "content-length: " + length + "\r\n");
		return head.append("\r\n").toString();
	}

	private static int malformedAt(List<String> chunks) {
		return Math.max(0, chunks.size() - 2);
	}

	private static String broken(String chunk) {
		return half(chunk.stripTrailing()) + chunk.substring(chunk.stripTrailing().length());
	}

	private static String half(String text) {
		return text.substring(0, text.length() / 2);
	}

}
