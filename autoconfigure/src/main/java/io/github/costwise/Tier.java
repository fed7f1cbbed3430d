package io.github.costwise;

/**
 * The class of model that a request asks for.
 *
 * @since 0.1.0
 */
public enum Tier {

	/** Let Costwise choose; without configured tiers, the client's own model. */
	AUTO,

	/** Small and cheap. */
	LIGHT,

	/** The everyday model. */
	STANDARD,

	/** The most capable. */
	PREMIUM

}
