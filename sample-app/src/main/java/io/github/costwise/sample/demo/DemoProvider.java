package io.github.costwise.sample.demo;

import java.io.IOException;
import java.io.OutputStream;
import java.net.InetAddress;
import java.net.InetSocketAddress;
import java.nio.charset.StandardCharsets;
import java.time.Duration;
import java.util.List;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import java.util.concurrent.TimeUnit;

import com.sun.net.httpserver.HttpExchange;
import com.sun.net.httpserver.HttpServer;
import tools.jackson.databind.json.JsonMapper;

/**
 * A loopback server that stands in for OpenAI and Anthropic: real protocols, simulated
 * answers. Every response carries the header {@code X-Simulated}.
 */
final class DemoProvider implements AutoCloseable {

	private static final int CHUNKED = 0;

	private static final Duration SLOW = Duration.ofSeconds(3);

	private final CannedModel model = new CannedModel();

	private final FaultSwitch faults = new FaultSwitch();

	private final Duration pace;

	private final HttpServer server;

	private final ExecutorService executor;

	private DemoProvider(HttpServer server, Duration pace) {
		this.server = server;
		this.pace = pace;
		this.executor = Executors.newCachedThreadPool((task) -> {
			Thread thread = new Thread(task, "demo-provider");
			thread.setDaemon(true);
			return thread;
		});
	}

	/**
	 * Starts a server on a free port of the loopback interface.
	 * @param pace the pause between two pieces of a streamed answer
	 * @return the running server
	 * @throws IOException if no port can be opened
	 */
	static DemoProvider start(Duration pace) throws IOException {
		HttpServer server = HttpServer.create(new InetSocketAddress(InetAddress.getLoopbackAddress(), 0), 0);
		DemoProvider provider = new DemoProvider(server, pace);
		Protocol openAi = new OpenAiProtocol();
		Protocol anthropic = new AnthropicProtocol();
		server.createContext("/v1/chat/completions", (exchange) -> provider.handle(exchange, openAi));
		server.createContext("/v1/messages", (exchange) -> provider.handle(exchange, anthropic));
		server.setExecutor(provider.executor);
		server.start();
		return provider;
	}

	String url() {
		return "http://127.0.0.1:" + this.server.getAddress().getPort();
	}

	FaultSwitch faults() {
		return this.faults;
	}

	@Override
	public void close() {
		this.server.stop(0);
		this.executor.shutdownNow();
	}

	private void handle(HttpExchange exchange, Protocol protocol) throws IOException {
		try (exchange) {
			DemoRequest request = protocol.read(JsonMapper.shared().readTree(exchange.getRequestBody()));
			exchange.getResponseHeaders().set("X-Simulated", "true");
			Fault fault = this.faults.take();
			if (fault.status() != 200) {
				exchange.getResponseHeaders().set("Retry-After-Ms", "200");
				write(exchange, fault.status(), protocol.error(fault), fault);
				return;
			}
			pause((fault == Fault.SLOW) ? SLOW : this.pace);
			DemoReply reply = this.model.reply(request);
			DemoUsage usage = protocol.bill(request, reply);
			if (request.streamed()) {
				stream(exchange, protocol.events(request, reply, usage), fault);
			}
			else {
				write(exchange, 200, protocol.answer(request, reply, usage), fault);
			}
		}
	}

	private void write(HttpExchange exchange, int status, String json, Fault fault) throws IOException {
		byte[] body = json.getBytes(StandardCharsets.UTF_8);
		exchange.getResponseHeaders().set("Content-Type", "application/json");
		exchange.sendResponseHeaders(status, body.length);
		exchange.getResponseBody().write(body, 0, (fault == Fault.CUT) ? body.length / 2 : body.length);
	}

	private void stream(HttpExchange exchange, List<String> events, Fault fault) throws IOException {
		exchange.getResponseHeaders().set("Content-Type", "text/event-stream");
		boolean cut = (fault == Fault.CUT);
		exchange.sendResponseHeaders(200, cut ? String.join("", events).length() : CHUNKED);
		OutputStream body = exchange.getResponseBody();
		for (String event : events.subList(0, cut ? events.size() / 2 : events.size())) {
			body.write(event.getBytes(StandardCharsets.UTF_8));
			body.flush();
			pause(this.pace);
		}
	}

	private static void pause(Duration time) throws IOException {
		try {
			TimeUnit.NANOSECONDS.sleep(time.toNanos());
		}
		catch (InterruptedException ex) {
			Thread.currentThread().interrupt();
			throw new IOException("The demo ends", ex);
		}
	}

}
