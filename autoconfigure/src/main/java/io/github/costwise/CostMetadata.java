package io.github.costwise;

/**
 * Names of what a response tells of its cost, in its
 * {@link org.springframework.ai.chat.metadata.ChatResponseMetadata}: that of the whole
 * turn, with all calls that it took. A streamed answer carries it on its last chunk: the
 * one with the finish reason or with the usage, else one without generations that is
 * added. Where Costwise only observes, nothing is added.
 *
 * @since 0.1.0
 */
public final class CostMetadata {

	/** What the turn cost in US dollars: a {@link java.math.BigDecimal}. */
	public static final String AMOUNT = "costwise.cost.amount";

	/** How exact that is, the name of a {@code PriceState}: text. */
	public static final String STATE = "costwise.cost.state";

	/** Tokens of all calls of the turn, read and written: a {@link Long}. */
	public static final String TOKENS = "costwise.cost.tokens";

	/**
	 * What Costwise saved in US dollars, net of what it spent itself, so possibly less
	 * than zero: a {@link java.math.BigDecimal}.
	 */
	public static final String SAVED = "costwise.cost.saved";

	/** Id of the turn, as in the ledger: text. */
	public static final String TURN = "costwise.turn.id";

	/**
	 * Id of the budget of the caller of which the largest share is spent: text. Only
	 * where a budget counts the call.
	 */
	public static final String BUDGET = "costwise.budget.id";

	/**
	 * What is left of it, without what calls in flight hold: a
	 * {@link java.math.BigDecimal}, in US dollars where it counts money.
	 */
	public static final String BUDGET_REMAINING = "costwise.budget.remaining";

	/** When it begins again, as ISO 8601: text. Missing where it never does. */
	public static final String BUDGET_RESET = "costwise.budget.reset";

	/**
	 * Whether a budget or the limit of the turn has cut the answer short: a
	 * {@link Boolean}.
	 */
	public static final String BUDGET_CUT = "costwise.budget.cut";

	/**
	 * Present and true where the limit of the turn was nearly reached, so that its last
	 * call could call no tools: a {@link Boolean}.
	 */
	public static final String FINISHED_BY_LIMIT = "costwise.limit.finished";

	private CostMetadata() {
	}

}
