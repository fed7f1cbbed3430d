package io.github.costwise.testsupport;

import java.io.IOException;
import java.io.UncheckedIOException;
import java.net.InetAddress;
import java.net.InetSocketAddress;
import java.nio.charset.StandardCharsets;
import java.util.List;
import java.util.Queue;
import java.util.concurrent.ConcurrentLinkedQueue;
import java.util.concurrent.CopyOnWriteArrayList;
import java.util.concurrent.CountDownLatch;

import com.sun.net.httpserver.HttpExchange;
import com.sun.net.httpserver.HttpServer;

/**
 * Receives webhooks on the loopback interface. Closes each connection: one that a client
 * takes again may end before the next request is read. Thread-safe.
 */
public final class HookServer implements AutoCloseable {

	private final List<Received> received = new CopyOnWriteArrayList<>();

	private final Queue<Integer> statuses = new ConcurrentLinkedQueue<>();

	private final HttpServer server;

	private volatile CountDownLatch gate = new CountDownLatch(0);

	/**
	 * Starts a server.
	 * @param statuses what it answers with at first; then with 200
	 */
	public HookServer(Integer... statuses) {
		this.statuses.addAll(List.of(statuses));
		try {
			this.server = HttpServer.create(new InetSocketAddress(InetAddress.getLoopbackAddress(), 0), 0);
		}
		catch (IOException ex) {
			throw new UncheckedIOException(ex);
		}
		this.server.createContext("/", this::answer);
		this.server.start();
	}

	private void answer(HttpExchange exchange) throws IOException {
		String body = new String(exchange.getRequestBody().readAllBytes(), StandardCharsets.UTF_8);
		this.received.add(new Received(header(exchange, "Costwise-Id"), header(exchange, "Costwise-Timestamp"),
				header(exchange, "Costwise-Signature"), exchange.getRequestURI().getPath(), body));
		try {
			this.gate.await();
		}
		catch (InterruptedException ex) {
			Thread.currentThread().interrupt();
		}
		Integer status = this.statuses.poll();
		exchange.getResponseHeaders().add("Location", "/elsewhere");
		exchange.getResponseHeaders().add("Connection", "close");
		exchange.sendResponseHeaders((status != null) ? status : 200, -1);
		exchange.close();
	}

	private static String header(HttpExchange exchange, String name) {
		return exchange.getRequestHeaders().getFirst(name);
	}

	/**
	 * Returns its address.
	 * @return an address with a path that is a secret
	 */
	public String url() {
		return "http://127.0.0.1:" + this.server.getAddress().getPort() + "/hidden-path";
	}

	/**
	 * Returns what it received, answered or not.
	 * @return the requests, in order
	 */
	public List<Received> received() {
		return this.received;
	}

	/** Answers nothing until it goes on. */
	public void hang() {
		this.gate = new CountDownLatch(1);
	}

	/** Answers what waits. */
	public void goOn() {
		this.gate.countDown();
	}

	@Override
	public void close() {
		goOn();
		this.server.stop(0);
	}

	/**
	 * A request.
	 *
	 * @param id its id
	 * @param timestamp when it was sent
	 * @param signature its signature
	 * @param path its path
	 * @param body its body
	 */
	public record Received(String id, String timestamp, String signature, String path, String body) {

	}

}
