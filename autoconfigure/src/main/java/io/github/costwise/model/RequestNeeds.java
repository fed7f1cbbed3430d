package io.github.costwise.model;

import java.util.EnumSet;
import java.util.Set;

import org.jspecify.annotations.Nullable;

import io.github.costwise.Money;

/**
 * What a request needs of a target; a target that lacks any of it is never chosen.
 * Immutable and thread-safe.
 *
 * @param capabilities what it needs beyond text
 * @param tokens how large it is
 * @param regions where it may be answered, or empty for anywhere
 * @param maxCost most that the call may cost, or {@code null} for no bound; a target
 * without a known price is beyond every bound
 * @param unavailable names of unavailable targets
 * @since 0.1.0
 */
public record RequestNeeds(Set<Capability> capabilities, TokenNeeds tokens, Set<String> regions,
		@Nullable Money maxCost, Set<String> unavailable) {

	/** Copies its sets. */
	public RequestNeeds {
		capabilities = Set.copyOf(capabilities);
		regions = Set.copyOf(regions);
		unavailable = Set.copyOf(unavailable);
	}

	/**
	 * Returns the needs of a short text.
	 * @return no needs
	 */
	public static RequestNeeds none() {
		return new RequestNeeds(Set.of(), new TokenNeeds(0, 0, 0), Set.of(), null, Set.of());
	}

	/**
	 * Returns these needs with capabilities added.
	 * @param more what is needed too
	 * @return needs
	 */
	public RequestNeeds needing(Capability... more) {
		Set<Capability> all = EnumSet.noneOf(Capability.class);
		all.addAll(this.capabilities);
		all.addAll(Set.of(more));
		return new RequestNeeds(all, this.tokens, this.regions, this.maxCost, this.unavailable);
	}

	/**
	 * Returns these needs with another size.
	 * @param tokens how large the request is
	 * @return needs
	 */
	public RequestNeeds sized(TokenNeeds tokens) {
		return new RequestNeeds(this.capabilities, tokens, this.regions, this.maxCost, this.unavailable);
	}

	/**
	 * Returns these needs with other regions.
	 * @param regions where the request may be answered, or empty for anywhere
	 * @return needs
	 */
	public RequestNeeds within(Set<String> regions) {
		return new RequestNeeds(this.capabilities, this.tokens, regions, this.maxCost, this.unavailable);
	}

	/**
	 * Returns these needs with a bound of cost.
	 * @param maxCost most that the call may cost, or {@code null}
	 * @return needs
	 */
	public RequestNeeds upTo(@Nullable Money maxCost) {
		return new RequestNeeds(this.capabilities, this.tokens, this.regions, maxCost, this.unavailable);
	}

	/**
	 * Returns these needs without some targets.
	 * @param unavailable names of unavailable targets
	 * @return needs
	 */
	public RequestNeeds without(Set<String> unavailable) {
		return new RequestNeeds(this.capabilities, this.tokens, this.regions, this.maxCost, unavailable);
	}

	/**
	 * How large a request is, in tokens.
	 *
	 * @param prompt all of the prompt: system text, history, tools, documents
	 * @param reservedOutput kept free for the answer
	 * @param minOutput longest answer that the request asks for, or 0
	 */
	public record TokenNeeds(int prompt, int reservedOutput, int minOutput) {

		/**
		 * Creates a size.
		 * @throws IllegalArgumentException if a number is negative
		 */
		public TokenNeeds {
			if (prompt < 0 || reservedOutput < 0 || minOutput < 0) {
				throw new IllegalArgumentException("Counts of tokens must not be negative");
			}
		}

	}

}
