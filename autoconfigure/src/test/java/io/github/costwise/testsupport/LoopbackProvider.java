package io.github.costwise.testsupport;

import java.io.IOException;
import java.io.UncheckedIOException;
import java.net.InetAddress;
import java.net.ServerSocket;
import java.net.Socket;
import java.util.List;
import java.util.Queue;
import java.util.Set;
import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.ConcurrentLinkedQueue;
import java.util.concurrent.CopyOnWriteArrayList;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import java.util.concurrent.atomic.AtomicInteger;
import java.util.function.Consumer;
import java.util.function.Function;

import org.jspecify.annotations.Nullable;

import io.github.costwise.testsupport.HttpRequestReader.RawRequest;
import io.github.costwise.testsupport.LoopbackRequest.Protocol;

/**
 * A server on a free port of the loopback interface that speaks the protocols of OpenAI,
 * Anthropic, Google GenAI and Ollama and answers by a script. Queued answers come first,
 * in the order of arrival, then the handler; without either, a request is refused with
 * status 404. Written on plain sockets, so that it can break a connection anywhere and
 * notices at once when a client closes one. Thread-safe.
 *
 * @since 0.1.0
 */
public final class LoopbackProvider implements AutoCloseable {

	private final ServerSocket server;

	private final ExecutorService threads = Executors.newCachedThreadPool(LoopbackProvider::daemon);

	private final Set<Socket> sockets = ConcurrentHashMap.newKeySet();

	private final AtomicInteger numbers = new AtomicInteger();

	private final Queue<Answer> queue = new ConcurrentLinkedQueue<>();

	private final List<LoopbackExchange> exchanges = new CopyOnWriteArrayList<>();

	private volatile Function<LoopbackRequest, @Nullable Answer> handler = (request) -> null;

	private volatile Consumer<LoopbackExchange> recorder = this.exchanges::add;

	/** Starts the server. */
	public LoopbackProvider() {
		try {
			this.server = new ServerSocket(0, 200, InetAddress.getLoopbackAddress());
		}
		catch (IOException ex) {
			throw new UncheckedIOException(ex);
		}
		this.threads.execute(this::accept);
	}

	/**
	 * Returns the address of the server. The OpenAI client wants {@code /v1} behind it,
	 * the others take it as it is.
	 * @return the address, without a slash at its end
	 */
	public String url() {
		return "http://127.0.0.1:" + this.server.getLocalPort();
	}

	/**
	 * Adds answers for the next requests.
	 * @param answers the answers, in order
	 * @return this provider
	 */
	public LoopbackProvider enqueue(Answer... answers) {
		this.queue.addAll(List.of(answers));
		return this;
	}

	/**
	 * Sets what answers requests for which nothing is queued.
	 * @param handler finds the answer, or returns {@code null} to refuse; called
	 * concurrently
	 * @return this provider
	 */
	public LoopbackProvider handler(Function<LoopbackRequest, @Nullable Answer> handler) {
		this.handler = handler;
		return this;
	}

	/**
	 * Sets what receives every exchange when it begins, in place of the list that
	 * {@link #exchanges()} returns: for runs too long to keep them.
	 * @param recorder receives the exchanges; called concurrently
	 * @return this provider
	 */
	public LoopbackProvider recorder(Consumer<LoopbackExchange> recorder) {
		this.recorder = recorder;
		return this;
	}

	/**
	 * Returns every exchange so far, in the order of arrival.
	 * @return the exchanges
	 */
	public List<LoopbackExchange> exchanges() {
		return List.copyOf(this.exchanges);
	}

	/**
	 * Returns every request so far, in the order of arrival.
	 * @return the requests
	 */
	public List<LoopbackRequest> requests() {
		return this.exchanges.stream().map(LoopbackExchange::request).toList();
	}

	/** Forgets queued answers, the handler and all exchanges. */
	public void reset() {
		this.queue.clear();
		this.exchanges.clear();
		this.handler = (request) -> null;
	}

	/** Breaks every connection that is open, and goes on serving new ones. */
	public void disconnect() {
		this.sockets.forEach(LoopbackProvider::closeQuietly);
	}

	/** Stops the server and breaks every connection. */
	@Override
	public void close() {
		closeQuietly(this.server);
		this.sockets.forEach(LoopbackProvider::closeQuietly);
		this.threads.shutdownNow();
	}

	private void accept() {
		while (!this.server.isClosed()) {
			try {
				Socket socket = this.server.accept();
				socket.setTcpNoDelay(true);
				this.sockets.add(socket);
				this.threads.execute(() -> serve(socket));
			}
			catch (IOException ex) {
				return;
			}
		}
	}

	private void serve(Socket socket) {
		new LoopbackConnection(socket, this.threads, this::begin).run();
		this.sockets.remove(socket);
	}

	private @Nullable LoopbackExchange begin(RawRequest raw) {
		Protocol protocol = Protocol.of(raw.path());
		if (protocol == null) {
			return null;
		}
		LoopbackRequest request = new LoopbackRequest(this.numbers.incrementAndGet(), protocol, raw.path(),
				raw.headers(), Json.read(raw.body()));
		LoopbackExchange exchange = new LoopbackExchange(request, answerTo(request));
		Trace.current().request(request.protocol() + "", request.model(), request.isStream());
		this.recorder.accept(exchange);
		return exchange;
	}

	private Answer answerTo(LoopbackRequest request) {
		Answer queued = this.queue.poll();
		Answer answer = (queued != null) ? queued : this.handler.apply(request);
		return (answer != null) ? answer : Answer.error(404);
	}

	private static void closeQuietly(AutoCloseable resource) {
		try {
			resource.close();
		}
		catch (Exception ex) {
			// it is closed anyhow
		}
	}

	private static Thread daemon(Runnable task) {
		Thread thread = new Thread(task, "loopback-provider");
		thread.setDaemon(true);
		return thread;
	}

}
