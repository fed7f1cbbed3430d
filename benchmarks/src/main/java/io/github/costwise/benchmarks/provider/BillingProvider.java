package io.github.costwise.benchmarks.provider;

import java.time.Duration;
import java.util.List;
import java.util.Map;
import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.atomic.AtomicInteger;

import io.github.costwise.testsupport.Answer;
import io.github.costwise.testsupport.LoopbackExchange;
import io.github.costwise.testsupport.LoopbackProvider;
import io.github.costwise.testsupport.LoopbackRequest;

/**
 * The provider's side of a simulation: answers each turn by its script. A turn is known
 * by the model that it asks for. Thread-safe.
 *
 * @since 0.1.0
 */
public final class BillingProvider implements AutoCloseable {

	private static final Duration LIMIT = Duration.ofSeconds(30);

	private final LoopbackProvider server = new LoopbackProvider();

	private final Map<String, TurnScript> scripts = new ConcurrentHashMap<>();

	private final Map<Integer, LoopbackExchange> open = new ConcurrentHashMap<>();

	private final AtomicInteger unexpected = new AtomicInteger();

	/** Starts the server. */
	public BillingProvider() {
		this.server.handler(this::answer).recorder((exchange) -> this.open.put(exchange.request().number(), exchange));
	}

	/**
	 * Returns the server, for building clients.
	 * @return the server
	 */
	public LoopbackProvider server() {
		return this.server;
	}

	/**
	 * Sets the script of a turn.
	 * @param turn the model that the turn asks for
	 * @param calls its calls, in order
	 */
	public void expect(String turn, List<BilledCall> calls) {
		this.scripts.put(turn, new TurnScript(calls));
	}

	/**
	 * Returns what became of the calls of a turn.
	 * @param turn the model that the turn asks for
	 * @return the calls that were made, in order
	 */
	public List<ServedCall> served(String turn) {
		TurnScript script = this.scripts.get(turn);
		return (script != null) ? script.served() : List.of();
	}

	/** Waits until every exchange has ended, and forgets them. */
	public void awaitEnd() {
		this.open.values().forEach((exchange) -> exchange.awaitEnd(LIMIT));
		this.open.clear();
	}

	/**
	 * Returns how many requests no script had an answer for.
	 * @return the count
	 */
	public int unexpectedRequests() {
		return this.unexpected.get();
	}

	@Override
	public void close() {
		this.server.close();
	}

	private Answer answer(LoopbackRequest request) {
		TurnScript script = this.scripts.get(request.model());
		Answer answer = (script != null) ? script.next(request) : null;
		if (answer == null) {
			this.unexpected.incrementAndGet();
			return Answer.error(404);
		}
		return answer;
	}

}
