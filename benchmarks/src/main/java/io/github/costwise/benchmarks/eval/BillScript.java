package io.github.costwise.benchmarks.eval;

import java.util.ArrayList;
import java.util.List;
import java.util.SplittableRandom;
import java.util.concurrent.Semaphore;

import org.jspecify.annotations.Nullable;

import io.github.costwise.benchmarks.eval.BillTurn.Api;
import io.github.costwise.benchmarks.eval.BillTurn.Mishap;
import io.github.costwise.benchmarks.provider.BilledCall;
import io.github.costwise.benchmarks.provider.BilledCall.BilledEnding;
import io.github.costwise.benchmarks.provider.BilledTokens;
import io.github.costwise.benchmarks.provider.Extras;
import io.github.costwise.benchmarks.provider.ProviderRates;
import io.github.costwise.testsupport.Answer;
import io.github.costwise.testsupport.Fault;
import io.github.costwise.testsupport.Fault.Point;

/**
 * Draws one turn. The mishap hits one call of the turn, anywhere in it; what ends the
 * turn ends the script too.
 */
final class BillScript {

	/** How often the SDKs repeat a try. */
	static final int RETRIES = 2;

	/** How many chunks of text a caller reads of a stream that it aborts. */
	static final int CHUNKS_BEFORE_ABORT = 2;

	/** How many more the provider goes on to send, since clients close between two. */
	static final int CHUNKS_AFTER_ABORT = 300;

	private static final int CHUNKS_OF_ABORTED = 400;

	private static final int LONGEST_TURN = 4;

	private final SplittableRandom random;

	private final String turn;

	private final Api api;

	private final Mishap mishap;

	private final boolean stream;

	private final boolean oneHour;

	private final List<BilledCall> calls = new ArrayList<>();

	private BillScript(SplittableRandom random, String turn) {
		this.random = random;
		this.turn = turn;
		this.mishap = drawMishap(random);
		this.api = drawApi(random, this.mishap);
		this.stream = this.mishap != Mishap.INVALID && (this.mishap == Mishap.ABORT || random.nextBoolean());
		this.oneHour = this.api == Api.ANTHROPIC && random.nextDouble() < .1;
	}

	/**
	 * Draws a turn.
	 * @param seed the seed of the run
	 * @param number the number of the turn
	 * @return the turn, always the same for the same seed and number
	 */
	static BillTurn draw(long seed, int number) {
		BillScript script = new BillScript(new SplittableRandom(seed * 1_000_003 + number), "bill-" + number);
		script.drawCalls();
		return new BillTurn(script.turn, script.api, script.stream, script.mishap == Mishap.INVALID, script.oneHour,
				script.mishap, script.calls);
	}

	/**
	 * Only Anthropic is ever overloaded, and its client wants a usage in every answer.
	 */
	private static Api drawApi(SplittableRandom random, Mishap mishap) {
		return switch (mishap) {
			case OVERLOADED -> Api.ANTHROPIC;
			case NO_USAGE -> Api.OPENAI;
			default -> random.nextBoolean() ? Api.ANTHROPIC : Api.OPENAI;
		};
	}

	private static Mishap drawMishap(SplittableRandom random) {
		double drawn = random.nextDouble();
		Mishap[] all = Mishap.values();
		double[] shares = { .55, .08, .06, .03, .09, .03, .07, .02, .07 };
		int index = 0;
		while (index < all.length - 1 && drawn >= shares[index]) {
			drawn -= shares[index++];
		}
		return all[index];
	}

	private void drawCalls() {
		boolean single = this.mishap == Mishap.STALL || this.mishap == Mishap.INVALID || this.random.nextBoolean();
		int count = single ? 1 : this.random.nextInt(2, LONGEST_TURN + 1);
		int hit = this.random.nextInt(count);
		for (int i = 0; i < count; i++) {
			boolean goesOn = (i == hit) ? addHit(i == count - 1) : add(plain(i == count - 1));
			if (!goesOn) {
				return;
			}
		}
	}

	private boolean addHit(boolean last) {
		return switch (this.mishap) {
			case NONE -> add(plain(last));
			case RATE_LIMITED, SERVER_ERROR, OVERLOADED -> addFailedTries(last);
			case RESET -> (this.stream && this.random.nextBoolean()) ? addBrokenOff() : addFailedTries(last);
			case STALL -> addStall();
			case ABORT -> addAborted();
			case NO_USAGE -> add(new Draft(BilledEnding.UNREPORTED).finish(answer(last).withoutUsage()));
			case INVALID -> add(new Draft(BilledEnding.REPORTED).finish(Answer.text("{\"label\": 5}")))
					&& add(new Draft(BilledEnding.REPORTED).finish(Answer.text("{\"label\": \"calm\", \"score\": 3}")));
		};
	}

	private boolean addFailedTries(boolean last) {
		boolean exhausted = this.random.nextInt(4) == 0;
		int failures = exhausted ? RETRIES + 1 : this.random.nextInt(1, RETRIES + 1);
		Draft draft = new Draft(exhausted ? BilledEnding.REFUSED : BilledEnding.REPORTED);
		for (int i = 0; i < failures; i++) {
			draft.tries.add(failedTry());
		}
		if (!exhausted) {
			draft.finish(answer(last));
		}
		add(draft);
		return !exhausted;
	}

	private Answer failedTry() {
		if (this.mishap.status() != 0) {
			return Answer.error(this.mishap.status()).header("retry-after-ms", "1");
		}
		return Answer.text("never read")
			.fault(Fault.reset(this.random.nextBoolean() ? Point.BEFORE_HEADERS : Point.MID_HEADERS));
	}

	private boolean addBrokenOff() {
		int chunks = chunksBeforeText() + this.random.nextInt(1, 3);
		add(new Draft(BilledEnding.BROKEN_OFF).finish(answer(true).fault(Fault.cutAfter(chunks))));
		return false;
	}

	private boolean addStall() {
		boolean silent = !this.stream || this.random.nextBoolean();
		Fault fault = silent ? Fault.stall(Point.BEFORE_HEADERS) : Fault.stallAfter(chunksBeforeText() + 1);
		add(new Draft(BilledEnding.BROKEN_OFF).finish(answer(true).fault(fault)));
		return false;
	}

	private boolean addAborted() {
		Semaphore gate = new Semaphore(chunksBeforeText() + CHUNKS_BEFORE_ABORT + 1);
		Draft draft = new Draft(BilledEnding.BROKEN_OFF);
		draft.gate = gate;
		add(draft.finish(Answer.chunks("word ".repeat(CHUNKS_OF_ABORTED).split("(?<= )")).gate(gate)));
		return false;
	}

	/** Returns how many events open a stream before its first text. */
	private int chunksBeforeText() {
		return (this.api == Api.ANTHROPIC) ? 2 : 0;
	}

	private Draft plain(boolean last) {
		return new Draft(BilledEnding.REPORTED).finish(answer(last));
	}

	private Answer answer(boolean last) {
		return last ? Answer.chunks("The answer ", "to this ", "is in ", "several ", "chunks.")
				: Answer.tool("lookup", "{\"key\": \"k" + this.random.nextInt(100) + "\"}");
	}

	private boolean add(Draft draft) {
		this.calls.add(draft.toCall());
		return true;
	}

	/** A call in the making. */
	private final class Draft {

		private final String model = BillScript.this.turn + "-" + (BillScript.this.calls.size() + 1);

		private final ProviderRates rates = ProviderRates.draw(BillScript.this.random);

		private final BilledTokens used = BilledTokens.draw(BillScript.this.random, BillScript.this.oneHour);

		private final Extras extras;

		private final List<Answer> tries = new ArrayList<>();

		private final BilledEnding ending;

		private @Nullable Semaphore gate;

		private Draft(BilledEnding ending) {
			this.ending = ending;
			this.extras = (ending != BilledEnding.REPORTED) ? Extras.NONE
					: (BillScript.this.api == Api.OPENAI)
							? Extras.ofOpenAi(BillScript.this.random, this.rates, this.used)
							: Extras.ofAnthropic(BillScript.this.random);
		}

		private Draft finish(Answer answer) {
			String usage = (BillScript.this.api == Api.OPENAI) ? this.used.toOpenAi(this.extras)
					: this.used.toAnthropic(this.extras, this.model + "-advisor");
			Answer named = answer.model(this.model).id(this.model);
			this.tries.add((this.ending == BilledEnding.UNREPORTED) ? named : named.usage(usage));
			return this;
		}

		private BilledCall toCall() {
			return new BilledCall(this.model, this.rates, this.used, this.extras, this.ending, this.tries, this.gate);
		}

	}

}
