package io.github.costwise.model;

import java.util.Map;

import org.jspecify.annotations.Nullable;

import io.github.costwise.Tier;

/**
 * A request to route. Immutable as long as its vector is not changed.
 *
 * @param text the last message of the user; empty when there is none
 * @param vector the text as the encoder of the routing model gave it, or {@code null}
 * without an encoder
 * @param needs what it needs of a target
 * @param context what else the decision may look at
 * @since 0.1.0
 */
@SuppressWarnings("ArrayRecordComponent")
public record RoutingRequest(String text, float @Nullable [] vector, RequestNeeds needs, Context context) {

	/**
	 * Returns a request without needs and context.
	 * @param text the last message of the user
	 * @param vector its vector, or {@code null}
	 * @return the request
	 */
	public static RoutingRequest of(String text, float @Nullable [] vector) {
		return new RoutingRequest(text, vector, RequestNeeds.none(), Context.none());
	}

	/**
	 * Returns this request with needs.
	 * @param needs what it needs of a target
	 * @return a request
	 */
	public RoutingRequest with(RequestNeeds needs) {
		return new RoutingRequest(this.text, this.vector, needs, this.context);
	}

	/**
	 * Returns this request with a context.
	 * @param context what else the decision may look at
	 * @return a request
	 */
	public RoutingRequest with(Context context) {
		return new RoutingRequest(this.text, this.vector, this.needs, context);
	}

	/**
	 * What else a decision may look at.
	 *
	 * @param tier the tier that is asked for; {@link Tier#AUTO} leaves it to the router
	 * @param target name of the target that is asked for, or {@code null}
	 * @param conversation what is remembered of the conversation
	 * @param attributes what rules look at, such as feature, tenant or policy
	 */
	public record Context(Tier tier, @Nullable String target, RoutedConversation conversation,
			Map<String, String> attributes) {

		/** Copies its attributes. */
		public Context {
			attributes = Map.copyOf(attributes);
		}

		/**
		 * Returns the context of a request that stands alone.
		 * @return nothing asked for, nothing remembered
		 */
		public static Context none() {
			return new Context(Tier.AUTO, null, RoutedConversation.start(), Map.of());
		}

		/**
		 * Returns this context with a tier.
		 * @param tier the tier that is asked for
		 * @return a context
		 */
		public Context pinnedTo(Tier tier) {
			return new Context(tier, this.target, this.conversation, this.attributes);
		}

		/**
		 * Returns this context with a target.
		 * @param target name of the target that is asked for, or {@code null}
		 * @return a context
		 */
		public Context pinnedTo(@Nullable String target) {
			return new Context(this.tier, target, this.conversation, this.attributes);
		}

		/**
		 * Returns this context in a conversation.
		 * @param conversation what is remembered of it
		 * @return a context
		 */
		public Context in(RoutedConversation conversation) {
			return new Context(this.tier, this.target, conversation, this.attributes);
		}

		/**
		 * Returns this context with attributes.
		 * @param attributes what rules look at
		 * @return a context
		 */
		public Context with(Map<String, String> attributes) {
			return new Context(this.tier, this.target, this.conversation, attributes);
		}

	}

}
