package io.github.costwise.pipeline;

import org.jspecify.annotations.Nullable;

import io.github.costwise.Attribution;
import io.github.costwise.CostScope;
import io.github.costwise.Owner;

/**
 * What an {@link io.github.costwise.spi.AttributionResolver} said of the caller.
 * Immutable.
 *
 * @param owner owner of the caller's requests
 * @param attribution what else it said
 * @since 0.1.0
 */
public record Caller(Owner owner, Attribution attribution) {

	/** There is no resolver. */
	public static final Caller NOT_ASKED = new Caller(Owner.UNSAID, Attribution.NONE);

	/** The resolver failed, and that was said. */
	public static final Caller UNKNOWN = new Caller(Owner.UNKNOWN, Attribution.NONE);

	/**
	 * Returns what a resolver's answer says.
	 * @param answer the answer, or {@code null}
	 * @param resolver the resolver, as it is called in a warning
	 * @return the caller
	 */
	public static Caller of(@Nullable Attribution answer, String resolver) {
		String problem = resolver + " named neither tenant nor user, or left a name blank";
		return new Caller(Owner.of(answer, problem), (answer != null) ? answer : Attribution.NONE);
	}

	CostScope complete(CostScope scope) {
		return scope.completedBy(this.owner, this.attribution);
	}

}
