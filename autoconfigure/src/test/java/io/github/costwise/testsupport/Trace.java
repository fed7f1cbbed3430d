package io.github.costwise.testsupport;

import java.util.ArrayList;
import java.util.Comparator;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.StringJoiner;
import java.util.TreeMap;
import java.util.TreeSet;
import java.util.function.UnaryOperator;
import java.util.stream.Stream;

import org.jspecify.annotations.Nullable;

import io.github.costwise.Attribution;
import io.github.costwise.model.BilledUnit;
import io.github.costwise.model.CallRecord;
import io.github.costwise.model.Price;
import io.github.costwise.model.TurnRecord;
import io.github.costwise.spi.CostListener;

/**
 * What happened in the applications of one test: every turn with its calls, every request
 * that a provider saw, and what callers of clients that are beans were given, chunk by
 * chunk, without ids, times and addresses. Turns stand in an order of their own, equal
 * ones once with their number, so that it does not matter which of two that overlap ended
 * first. Thread-safe.
 */
public final class Trace implements CostListener {

	private static final Comparator<CallRecord> IN_TURN = Comparator
		.<CallRecord>comparingInt((call) -> call.identity().round())
		.thenComparing(Trace::line);

	private static final String MODE = System.getProperty("traces", "");

	private static final String STREAM = " stream";

	private static final String CALL = " call";

	private static final Trace CURRENT = new Trace();

	private final List<TurnRecord> turns = new ArrayList<>();

	private final List<CallRecord> calls = new ArrayList<>();

	private final Map<String, Integer> requests = new TreeMap<>();

	private final Map<String, Integer> given = new TreeMap<>();

	/** The same, without how it was given. */
	private final Map<String, Integer> whole = new TreeMap<>();

	private Trace() {
	}

	/** The trace of the test that runs. */
	public static Trace current() {
		return CURRENT;
	}

	/** Whether what happens is compared or recorded. */
	static boolean isOn() {
		return isWritten() || "compare".equals(MODE);
	}

	static boolean isWritten() {
		return "write".equals(MODE);
	}

	/** Forgets what happened before. */
	public synchronized void begin() {
		this.turns.clear();
		this.calls.clear();
		this.requests.clear();
		this.given.clear();
		this.whole.clear();
	}

	@Override
	public synchronized void onTurn(TurnRecord turn) {
		this.turns.add(turn);
	}

	@Override
	public synchronized void onCall(CallRecord call) {
		this.calls.add(call);
	}

	/** Adds a request that a provider saw. */
	public synchronized void request(String path, @Nullable String model, boolean streamed) {
		this.requests.merge("request " + path + " " + model + (streamed ? STREAM : ""), 1, Integer::sum);
	}

	/** Adds what a caller was given, chunk by chunk and as a whole. */
	synchronized void given(String chunks, String answer) {
		this.given.merge(chunks, 1, Integer::sum);
		this.whole.merge(answer, 1, Integer::sum);
	}

	/**
	 * Returns what happened without whether it was called or streamed: the same for both.
	 * @return one line for each part of it
	 */
	public synchronized List<String> story() {
		Map<String, Integer> asked = new TreeMap<>();
		this.requests.forEach((request, count) -> asked.merge(request.replace(STREAM, ""), count, Integer::sum));
		return lines(asked, this.whole, blocks((line) -> line.replace(STREAM, "").replace(CALL, "")));
	}

	/** Returns what happened, one line for each part of it. */
	synchronized List<String> lines() {
		return lines(this.requests, this.given, blocks(UnaryOperator.identity()));
	}

	@SafeVarargs
	private static List<String> lines(Map<String, Integer>... parts) {
		List<String> lines = new ArrayList<>();
		Stream.of(parts)
			.flatMap((counted) -> counted.entrySet().stream())
			.map((counted) -> counted.getValue() + " x " + counted.getKey())
			.forEach((block) -> block.lines().forEach(lines::add));
		return lines;
	}

	private Map<String, Integer> blocks(UnaryOperator<String> form) {
		Map<String, List<CallRecord>> byTurn = new LinkedHashMap<>();
		this.calls.forEach((call) -> byTurn.computeIfAbsent(call.turnId(), (id) -> new ArrayList<>()).add(call));
		TreeSet<String> known = new TreeSet<>(this.turns.stream().map(TurnRecord::id).toList());
		Map<String, Integer> blocks = new TreeMap<>();
		this.turns.forEach((turn) -> blocks.merge(block(line(turn), byTurn.getOrDefault(turn.id(), List.of()), form), 1,
				Integer::sum));
		byTurn.forEach((turn, alone) -> {
			if (!known.contains(turn)) {
				blocks.merge(block("alone", alone, form), 1, Integer::sum);
			}
		});
		return blocks;
	}

	private static String block(String first, List<CallRecord> calls, UnaryOperator<String> form) {
		StringBuilder lines = new StringBuilder(first);
		calls.stream().sorted(IN_TURN).forEach((call) -> lines.append("\n\t").append(form.apply(line(call))));
		return lines.toString();
	}

	private static String line(TurnRecord turn) {
		return "turn " + turn.outcome() + " cache=" + turn.cacheOutcome() + " calls=" + turn.cost().calls() + " cost="
				+ turn.cost().amount() + " saved=" + turn.cost().saved().cache() + "/" + turn.cost().saved().routing()
				+ "/" + turn.cost().saved().own() + " tier=" + turn.route().tier() + " cause=" + turn.route().cause()
				+ " policy=" + turn.versions().policy() + (turn.identity().parentTurnId() != null ? " nested" : "")
				+ " for=" + owner(turn.attribution());
	}

	private static String line(CallRecord call) {
		Price price = call.price();
		return call.identity().round() + " " + call.target().operation() + " " + call.purpose() + " "
				+ call.target().provider() + " " + call.target().requestedModel() + " > "
				+ call.target().answeredModel() + " " + call.outcome() + "/" + call.ending().errorType()
				+ (call.timing().streamed() ? STREAM : CALL) + " attempts=" + attempts(call) + " " + usage(call) + " "
				+ call.usage().source() + " " + price.amount() + " " + price.state() + new TreeSet<>(price.reasons())
				+ " " + call.target().serviceTier() + "/" + price.priceTier() + " " + call.ending().coverage() + " for="
				+ owner(call.attribution());
	}

	private static String owner(Attribution attribution) {
		return attribution.feature() + "/" + attribution.tenant() + "/" + attribution.user();
	}

	private static List<String> attempts(CallRecord call) {
		return call.ending()
			.attempts()
			.stream()
			.map((attempt) -> (attempt.status() != 0) ? attempt.outcome() : "none")
			.toList();
	}

	private static String usage(CallRecord call) {
		StringJoiner usage = new StringJoiner(" ", "{", "}");
		for (BilledUnit unit : BilledUnit.values()) {
			long count = call.usage().tokens().get(unit);
			if (count > 0) {
				usage.add(unit + "=" + count);
			}
		}
		return usage.toString();
	}

}
