package io.github.costwise.routing;

/**
 * What the user decides about routing. Immutable and thread-safe.
 *
 * @param target how likely a tier must be to answer as well as the most capable one,
 * above 0 and below 1
 * @param quietTurns after how many turns in a row that a lower tier would have been
 * enough for a conversation moves down, at least 0
 * @param contextMargin share of a context window that is kept free, because token counts
 * are estimates, from 0 to below 1
 * @since 0.1.0
 */
public record RoutingSettings(double target, int quietTurns, double contextMargin) {

	/**
	 * Creates settings.
	 * @throws IllegalArgumentException if one is out of its range
	 */
	public RoutingSettings {
		if (!(target > 0 && target < 1) || quietTurns < 0 || !(contextMargin >= 0 && contextMargin < 1)) {
			throw new IllegalArgumentException("A setting of routing is out of range");
		}
	}

	/**
	 * Returns the default settings: 78 % likely good enough, down after two quiet turns,
	 * a twentieth of the window kept free.
	 * @return the settings
	 */
	public static RoutingSettings defaults() {
		return new RoutingSettings(.78, 2, .05);
	}

}
