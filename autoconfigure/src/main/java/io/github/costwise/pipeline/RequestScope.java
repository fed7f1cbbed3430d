package io.github.costwise.pipeline;

import org.jspecify.annotations.Nullable;

import io.github.costwise.CostScope;

/**
 * The scopes that may hold for one request, of which one does. Immutable.
 *
 * @param explicit the one that the request names, or {@code null}
 * @param captured the one that was current where the request was made, or {@code null}
 * @param surrounding the one around where its answer is asked for: that of the Reactor
 * context, or of the thread; {@code null} for none
 * @since 0.1.0
 */
public record RequestScope(@Nullable CostScope explicit, @Nullable CostScope captured,
		@Nullable CostScope surrounding) {

	/**
	 * Returns the scope that holds, with whatever is still missing taken from the caller:
	 * the explicit one; else the inner one of two; else, where neither is inside the
	 * other, the surrounding one, since what was made once may be asked for by others.
	 * @param caller what is known of the caller
	 * @return the scope, or {@code null} outside any where nobody was asked for the
	 * caller
	 */
	public @Nullable CostScope resolve(Caller caller) {
		CostScope chosen = chosen();
		if (chosen == null) {
			return (caller == Caller.NOT_ASKED) ? null : caller.complete(CostScope.builder().build());
		}
		return (caller == Caller.NOT_ASKED) ? chosen : caller.complete(chosen);
	}

	private @Nullable CostScope chosen() {
		if (this.explicit != null) {
			return this.explicit.within((this.captured != null) ? this.captured : this.surrounding);
		}
		if (this.captured == null || this.surrounding == null) {
			return (this.captured != null) ? this.captured : this.surrounding;
		}
		return this.captured.isInside(this.surrounding) ? this.captured : this.surrounding;
	}

}
