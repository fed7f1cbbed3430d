package io.github.costwise.benchmarks.eval;

import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;

import io.github.costwise.benchmarks.provider.BilledCall.BilledEnding;
import io.github.costwise.benchmarks.provider.ServedCall;
import io.github.costwise.model.CallRecord;
import io.github.costwise.model.CallRecord.Outcome;
import io.github.costwise.model.CallRecord.UsageSource;

/**
 * Compares the provider's bill with the ledger, call by call. A call is found by the
 * model that answered; one that failed before its answer was seen, by the model that its
 * turn asked for. Not thread-safe.
 */
final class BillComparison {

	private static final int EXAMPLES = 5;

	private int calls;

	private int missing;

	private int doubled;

	private int estimated;

	private int estimatedThoughServed;

	private int attemptMismatches;

	private long difference;

	private long estimatedDifference;

	private final List<String> examples = new ArrayList<>();

	/**
	 * Compares one turn.
	 * @param turn the turn
	 * @param calls the provider's side
	 * @param records what the ledger has of it
	 */
	void compare(BillTurn turn, List<ServedCall> calls, List<CallRecord> records) {
		List<CallRecord> rest = new ArrayList<>(records);
		for (ServedCall call : calls) {
			this.calls++;
			Optional<CallRecord> found = take(call, turn, rest);
			if (found.isPresent()) {
				compare(turn, call, found.get());
				compareRound(call, rest);
			}
			else {
				this.missing++;
				example("missing " + call.call().model() + " " + call.ending() + " " + turn.mishap());
			}
		}
		this.doubled += rest.size();
		rest.forEach((record) -> example("double or invented " + record));
	}

	Map<String, Object> toResult() {
		Map<String, Object> result = new LinkedHashMap<>();
		result.put("calls", this.calls);
		result.put("estimatedCalls", this.estimated);
		result.put("differenceNanoUsd", this.difference);
		result.put("missingCalls", this.missing);
		result.put("doubleCalls", this.doubled);
		result.put("estimatedThoughServed", this.estimatedThoughServed);
		result.put("differenceOfEstimatedThoughServedNanoUsd", this.estimatedDifference);
		result.put("attemptMismatches", this.attemptMismatches);
		result.put("examples", this.examples);
		return result;
	}

	private static Optional<CallRecord> take(ServedCall call, BillTurn turn, List<CallRecord> rest) {
		Optional<CallRecord> found = rest.stream()
			.filter((record) -> record.target().answeredModel().equals(call.call().model()))
			.findFirst()
			.or(() -> rest.stream().filter((record) -> isUnseen(call, turn, record)).findFirst());
		found.ifPresent(rest::remove);
		return found;
	}

	private static boolean isUnseen(ServedCall call, BillTurn turn, CallRecord record) {
		boolean mayFail = call.ending() == BilledEnding.REFUSED || call.ending() == BilledEnding.BROKEN_OFF;
		return mayFail && record.outcome() != Outcome.SUCCEEDED && record.target().answeredModel().equals(turn.model());
	}

	private void compare(BillTurn turn, ServedCall call, CallRecord record) {
		UsageSource source = record.usage().source();
		boolean isEstimate = source == UsageSource.ESTIMATED || source == UsageSource.PARTLY_ESTIMATED;
		boolean reported = call.ending() == BilledEnding.REPORTED;
		this.estimated += isEstimate ? 1 : 0;
		compareAttempts(turn, call, record);
		if (reported && isEstimate) {
			this.estimatedThoughServed++;
			this.estimatedDifference = Math.addExact(this.estimatedDifference, off(call, record));
		}
		else if (reported || call.ending() == BilledEnding.REFUSED) {
			compareAmount(turn, call, record);
		}
	}

	/** A round of another model is a call of its own. */
	private void compareRound(ServedCall call, List<CallRecord> rest) {
		long bill = (call.ending() == BilledEnding.REPORTED) ? call.call().extras().otherNanos() : -1;
		if (bill < 0) {
			return;
		}
		String model = call.call().otherModel();
		Optional<CallRecord> found = rest.stream()
			.filter((record) -> record.target().answeredModel().equals(model))
			.findFirst();
		if (found.isEmpty()) {
			this.missing++;
			example("missing round of " + model);
			return;
		}
		rest.remove(found.get());
		long off = Math.abs(Math.subtractExact(found.get().price().amount().nanos(), bill));
		this.difference = Math.addExact(this.difference, off);
		if (off != 0) {
			example("round off by " + off + ": " + found.get());
		}
	}

	private void compareAmount(BillTurn turn, ServedCall call, CallRecord record) {
		long off = off(call, record);
		this.difference = Math.addExact(this.difference, off);
		if (off != 0) {
			example("off by " + off + ": " + turn.api() + (turn.stream() ? " stream " : " call ") + call.call().used()
					+ " " + call.call().extras() + " is " + call.billNanos() + ", ledger has " + record.usage().tokens()
					+ " " + record.price());
		}
	}

	private static long off(ServedCall call, CallRecord record) {
		return Math.abs(Math.subtractExact(record.price().amount().nanos(), call.billNanos()));
	}

	private void compareAttempts(BillTurn turn, ServedCall call, CallRecord record) {
		if (!record.ending().attempts().isEmpty() && record.ending().attempts().size() != call.tries()) {
			this.attemptMismatches++;
			example(turn.mishap() + " attempts of " + call.call().model() + ": " + call.tries() + ", ledger has "
					+ record.ending().attempts());
		}
	}

	private void example(String text) {
		if (this.examples.size() < EXAMPLES) {
			this.examples.add(text);
		}
	}

}
