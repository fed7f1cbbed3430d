package io.github.costwise.benchmarks.provider;

import java.util.ArrayList;
import java.util.HashSet;
import java.util.List;
import java.util.Set;

import org.jspecify.annotations.Nullable;

import io.github.costwise.benchmarks.provider.BilledCall.BilledEnding;
import io.github.costwise.testsupport.Answer;
import io.github.costwise.testsupport.LoopbackRequest;

/**
 * The calls of one turn and how far it has come. A call that is refused goes on being
 * refused however often it is tried. Thread-safe.
 */
final class TurnScript {

	private static final String RETRY_COUNT = "x-stainless-retry-count";

	private final List<BilledCall> calls;

	private final List<Set<String>> tries = new ArrayList<>();

	private int call;

	private int answers;

	TurnScript(List<BilledCall> calls) {
		this.calls = List.copyOf(calls);
		this.calls.forEach((each) -> this.tries.add(new HashSet<>()));
	}

	/**
	 * Returns the answer to the next request of the turn.
	 * @param request the request
	 * @return the answer, or {@code null} when the script has come to its end
	 */
	synchronized @Nullable Answer next(LoopbackRequest request) {
		if (this.call == this.calls.size()) {
			return null;
		}
		BilledCall current = this.calls.get(this.call);
		this.tries.get(this.call).add(request.headers().getOrDefault(RETRY_COUNT, String.valueOf(request.number())));
		int last = current.tries().size() - 1;
		Answer answer = current.tries().get(Math.min(this.answers++, last));
		if (this.answers > last && current.ending() != BilledEnding.REFUSED) {
			this.call++;
			this.answers = 0;
		}
		return answer;
	}

	/**
	 * Returns what became of the calls that were made.
	 * @return the calls, in order
	 */
	synchronized List<ServedCall> served() {
		List<ServedCall> served = new ArrayList<>();
		for (int i = 0; i < this.calls.size() && !this.tries.get(i).isEmpty(); i++) {
			BilledEnding ending = (i < this.call) ? this.calls.get(i).ending() : BilledEnding.REFUSED;
			served.add(new ServedCall(this.calls.get(i), ending, this.tries.get(i).size()));
		}
		return served;
	}

}
