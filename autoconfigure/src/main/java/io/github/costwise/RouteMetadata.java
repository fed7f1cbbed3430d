package io.github.costwise;

/**
 * Names of what a routed response carries in its
 * {@link org.springframework.ai.chat.metadata.ChatResponseMetadata}, and of what a
 * request may ask for. A streamed answer carries them on its last chunk, like
 * {@link CostMetadata}; the context of a {@code ChatClientResponse} has the whole route
 * under {@link #ROUTE}.
 *
 * @since 0.1.0
 */
public final class RouteMetadata {

	/** Advisor parameter that names the target a request must go to. */
	public static final String TARGET_PARAMETER = "costwise.target";

	/** Id of the turn, by which its answer can be rated: text. */
	public static final String TURN = "costwise.turn.id";

	/** Name of the target that answered: text. */
	public static final String TARGET = "costwise.route.target";

	/** Name of the tier that was chosen: text. */
	public static final String TIER = "costwise.route.tier";

	/** Why, the name of a {@code RoutingCause}: text. */
	public static final String CAUSE = "costwise.route.cause";

	/** How difficult the request looked, where it was scored: a {@link Double}. */
	public static final String DIFFICULTY = "costwise.route.difficulty";

	/** Version of the routing configuration: text. */
	public static final String VERSION = "costwise.route.version";

	/** How often another target had to take over: an {@link Integer}. */
	public static final String FALLBACKS = "costwise.route.fallbacks";

	/** Key of the whole route in the context of responses. */
	public static final String ROUTE = "costwise.route";

	private RouteMetadata() {
	}

}
