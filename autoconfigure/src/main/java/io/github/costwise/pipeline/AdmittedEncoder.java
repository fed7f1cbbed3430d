package io.github.costwise.pipeline;

import java.util.List;
import java.util.function.Supplier;

import io.github.costwise.faults.Faults;
import io.github.costwise.spi.TextEncoder;
import io.github.costwise.spi.TextEncodingException;

/**
 * An encoder whose requests are paid for: where a budget of the turn has no room for what
 * Costwise does by itself, it does not encode, and the turn goes on without a vector.
 * Thread-safe if the encoder is.
 *
 * @since 0.1.0
 */
public final class AdmittedEncoder implements TextEncoder {

	private final TextEncoder paid;

	private final Supplier<CallBudgets> budgets;

	/**
	 * Creates an encoder.
	 * @param paid encodes
	 * @param budgets finds what admits it
	 */
	public AdmittedEncoder(TextEncoder paid, Supplier<CallBudgets> budgets) {
		this.paid = paid;
		this.budgets = budgets;
	}

	@Override
	public float[] encode(String text) {
		requireRoom(List.of(text));
		return this.paid.encode(text);
	}

	@Override
	public List<float[]> encode(List<String> texts) {
		requireRoom(texts);
		return this.paid.encode(texts);
	}

	private void requireRoom(List<String> texts) {
		CostTurn turn = OwnWork.current();
		if (turn != null && !this.budgets.get().hasRoomForOwn(turn, texts)) {
			throw new NoRoomException();
		}
	}

	@Override
	public int dimensions() {
		return this.paid.dimensions();
	}

	@Override
	public String id() {
		return this.paid.id();
	}

	@Override
	public double known(String text) {
		return this.paid.known(text);
	}

	@Override
	public boolean isMultilingual() {
		return this.paid.isMultilingual();
	}

	/** What the budget refused is no fault. */
	static final class NoRoomException extends TextEncodingException implements Faults.Told {

		private static final long serialVersionUID = 1L;

		private NoRoomException() {
			super("A budget of the turn has no room for a vector of its question.", null);
		}

	}

}
