package io.github.costwise;

import java.util.LinkedHashMap;
import java.util.Map;
import java.util.concurrent.Callable;
import java.util.concurrent.Executor;
import java.util.function.Supplier;

import org.jspecify.annotations.Nullable;

/**
 * The extent within which model calls belong to somebody and follow a policy: what a
 * method annotated with {@code @CostOptimized} opens, and its programmatic twin.
 *
 * <pre>{@code
 * CostScope scope = CostScope.builder().feature("answer").tenant("acme").build();
 * String text = scope.call(() -> client.prompt("Hello").call().content());
 * }</pre>
 *
 * A scope is current on the thread that opened it. It follows work to other threads
 * through {@link #wrap(Executor)}, through Micrometer context propagation, or as an
 * advisor parameter named {@link #PARAMETER}. Immutable and thread-safe.
 *
 * @since 0.1.0
 */
public final class CostScope {

	/**
	 * Advisor parameter and Reactor context key that carry a scope; what is passed so
	 * wins over the current scope of the thread.
	 */
	public static final String PARAMETER = "costwise.scope";

	private static final ThreadLocal<CostScope> CURRENT = new ThreadLocal<>();

	private final @Nullable String policy;

	private final Tier tier;

	private final Attribution attribution;

	private final @Nullable String promptVersion;

	private final CallLimits limits;

	private final @Nullable String drawsOn;

	private final Owner owner;

	private final @Nullable CostScope outer;

	private final @Nullable Turn parent;

	private final boolean complete;

	private CostScope(Builder builder) {
		this.policy = builder.policy;
		this.tier = builder.tier;
		this.owner = builder.owner;
		this.attribution = attribution(builder.owner, builder.feature, builder.tags);
		this.promptVersion = builder.promptVersion;
		this.limits = builder.limits;
		this.drawsOn = builder.drawsOn;
		this.outer = null;
		this.parent = null;
		this.complete = false;
	}

	private CostScope(CostScope scope, ScopeOwner whose, CostScope outer, @Nullable Turn parent) {
		this.policy = scope.policy;
		this.tier = scope.tier;
		this.owner = whose.owner;
		this.attribution = whose.attribution;
		this.promptVersion = scope.promptVersion;
		this.limits = scope.limits;
		this.drawsOn = (scope.drawsOn != null) ? scope.drawsOn : outer.drawsOn;
		this.outer = outer;
		this.parent = parent;
		this.complete = whose.complete;
	}

	/**
	 * Returns a builder of a scope that says nothing yet.
	 * @return a new builder
	 */
	public static Builder builder() {
		return new Builder();
	}

	/**
	 * Returns the scope that is current on this thread.
	 * @return the scope, or {@code null} outside any
	 */
	public static @Nullable CostScope current() {
		return CURRENT.get();
	}

	/**
	 * Makes a scope current on this thread, or none. For integrations that restore a
	 * thread's context; prefer {@link #open()}.
	 * @param scope the scope, or {@code null} for none
	 */
	public static void setCurrent(@Nullable CostScope scope) {
		if (scope == null) {
			CURRENT.remove();
		}
		else {
			CURRENT.set(scope);
		}
	}

	/**
	 * Makes this scope current on this thread until the returned handle is closed, on the
	 * same thread; then the scope before it is current again. What this scope does not
	 * say is taken from that one, as in {@link #within(CostScope)}.
	 * @return the handle to close
	 */
	public Opened open() {
		CostScope before = CURRENT.get();
		CURRENT.set(within(before));
		return () -> setCurrent(before);
	}

	/**
	 * Runs an action inside this scope.
	 * @param action the action
	 */
	public void run(Runnable action) {
		try (Opened opened = open()) {
			action.run();
		}
	}

	/**
	 * Calls an action inside this scope.
	 * @param action the action
	 * @param <T> what it returns
	 * @return what the action returned
	 * @throws Exception what the action threw
	 */
	public <T> T call(Callable<T> action) throws Exception {
		try (Opened opened = open()) {
			return action.call();
		}
	}

	/**
	 * Gets a value inside this scope.
	 * @param supplier the supplier
	 * @param <T> what it supplies
	 * @return what the supplier returned
	 */
	public <T> T get(Supplier<T> supplier) {
		try (Opened opened = open()) {
			return supplier.get();
		}
	}

	/**
	 * Returns an executor that runs everything inside this scope as it is now: what is
	 * current on the thread of the executor adds nothing to it.
	 * @param executor the executor to run with
	 * @return the wrapping executor
	 */
	public Executor wrap(Executor executor) {
		return (command) -> executor.execute(() -> {
			CostScope before = CURRENT.get();
			CURRENT.set(this);
			try {
				command.run();
			}
			finally {
				setCurrent(before);
			}
		});
	}

	/**
	 * Returns the name of the policy.
	 * @return the name, or {@code null} for the default policy
	 */
	public @Nullable String policy() {
		return this.policy;
	}

	/**
	 * Returns the tier asked for.
	 * @return the tier
	 */
	public Tier tier() {
		return this.tier;
	}

	/**
	 * Returns what the cost is attributed to.
	 * @return the attribution
	 */
	public Attribution attribution() {
		return this.attribution;
	}

	/**
	 * Returns the owner of the requests of this scope, and how well it is known.
	 * @return the owner
	 */
	public Owner owner() {
		return this.owner;
	}

	/**
	 * Returns the version of the prompt.
	 * @return the version, or {@code null}
	 */
	public @Nullable String promptVersion() {
		return this.promptVersion;
	}

	/**
	 * Returns the limits of each turn.
	 * @return the limits
	 */
	public CallLimits limits() {
		return this.limits;
	}

	/**
	 * Returns the money that calls draw on, of this scope or of one around it.
	 * @return id of what an application holds, or {@code null}
	 */
	public @Nullable String drawsOn() {
		return this.drawsOn;
	}

	/**
	 * Returns the turn inside which this scope is open, such as that of a tool.
	 * @return the turn, or {@code null}
	 */
	public @Nullable Turn parent() {
		return this.parent;
	}

	/**
	 * Returns whether the caller was asked for already, so that what this scope does not
	 * say is not looked for again.
	 * @return whether it is complete
	 */
	public boolean isComplete() {
		return this.complete;
	}

	/**
	 * Returns whether an owner was to be named, but is not known, and nothing else is
	 * said.
	 * @return whether it is unattributed
	 */
	public boolean isUnattributed() {
		return this.policy == null && this.attribution.equals(Attribution.NONE)
				&& (this.owner.tenant().isUnknown() || this.owner.user().isUnknown());
	}

	/**
	 * Returns whether this scope was opened inside another one, or is the same.
	 * @param other the other one
	 * @return whether it is inside
	 */
	public boolean isInside(CostScope other) {
		CostScope scope = this;
		while (scope != null && scope != other) {
			scope = scope.outer;
		}
		return scope != null;
	}

	/**
	 * Returns this scope as seen inside one of its turns.
	 * @param turn the turn
	 * @return a scope whose parent is the turn
	 */
	public CostScope inside(Turn turn) {
		return new CostScope(this, new ScopeOwner(this.owner, this.attribution, true), this, turn);
	}

	/**
	 * Returns this scope with everything that it does not say itself taken from the scope
	 * around it: tenant, user, tags and the turn it is open in. A complete scope stays as
	 * it is.
	 * @param around the scope around this one, or {@code null}
	 * @return the scope to open
	 */
	public CostScope within(@Nullable CostScope around) {
		if (around == null || this.complete || isInside(around)) {
			return this;
		}
		return new CostScope(this, whose(around.owner, around.attribution, around.complete), around, around.parent);
	}

	/**
	 * Returns this scope with everything that it does not say taken from its caller, for
	 * good. A complete scope stays as it is.
	 * @param callerOwner the tenant and user of the caller
	 * @param caller the attribution of the caller
	 * @return the complete scope
	 */
	public CostScope completedBy(Owner callerOwner, Attribution caller) {
		return this.complete ? this : new CostScope(this, whose(callerOwner, caller, true), this, this.parent);
	}

	private ScopeOwner whose(Owner otherOwner, Attribution other, boolean completes) {
		Map<String, String> tags = this.attribution.tags();
		if (!other.tags().isEmpty()) {
			tags = new LinkedHashMap<>(other.tags());
			tags.putAll(this.attribution.tags());
		}
		String feature = (this.attribution.feature() != null) ? this.attribution.feature() : other.feature();
		Owner merged = this.owner.orElse(otherOwner);
		return new ScopeOwner(merged, attribution(merged, feature, tags), completes);
	}

	private static Attribution attribution(Owner owner, @Nullable String feature, Map<String, String> tags) {
		return new Attribution(feature, owner.tenant().value(), owner.user().value(), tags);
	}

	private record ScopeOwner(Owner owner, Attribution attribution, boolean complete) {

	}

	/** A turn, as far as scopes know it. */
	@FunctionalInterface
	public interface Turn {

		/**
		 * Returns what names it.
		 * @return the id, unique
		 */
		String id();

	}

	/** Ends the extent of a scope when closed. */
	@FunctionalInterface
	public interface Opened extends AutoCloseable {

		@Override
		void close();

	}

	/** Collects what a scope says. Not thread-safe. */
	public static final class Builder {

		private @Nullable String policy;

		private Tier tier = Tier.AUTO;

		private @Nullable String feature;

		private Owner owner = Owner.UNSAID;

		private final Map<String, String> tags = new LinkedHashMap<>();

		private @Nullable String promptVersion;

		private CallLimits limits = CallLimits.NONE;

		private @Nullable String drawsOn;

		private Builder() {
		}

		/**
		 * Sets the policy.
		 * @param policy name of a configured policy, or {@code null} for the default
		 * @return this builder
		 */
		public Builder policy(@Nullable String policy) {
			this.policy = policy;
			return this;
		}

		/**
		 * Sets the tier.
		 * @param tier the tier asked for
		 * @return this builder
		 */
		public Builder tier(Tier tier) {
			this.tier = tier;
			return this;
		}

		/**
		 * Sets the feature.
		 * @param feature the feature, or {@code null}
		 * @return this builder
		 */
		public Builder feature(@Nullable String feature) {
			this.feature = feature;
			return this;
		}

		/**
		 * Sets the tenant. One that is {@code null} or blank is unknown: the response
		 * cache is bypassed. Where there is none to name, do not call this method.
		 * @param tenant the tenant
		 * @return this builder
		 */
		public Builder tenant(@Nullable String tenant) {
			return owner(
					new Owner(OwnerPart.of(tenant, "CostScope.Builder.tenant() was given no name"), this.owner.user()));
		}

		/**
		 * Sets the user. One that is {@code null} or blank is unknown: the response cache
		 * is bypassed. Where there is none to name, do not call this method.
		 * @param user the user
		 * @return this builder
		 */
		public Builder user(@Nullable String user) {
			return owner(
					new Owner(this.owner.tenant(), OwnerPart.of(user, "CostScope.Builder.user() was given no name")));
		}

		/**
		 * Says that a tenant or user that was not named so far is nobody in particular:
		 * answers of the response cache are shared. Neither a scope around this one nor
		 * an {@link io.github.costwise.spi.AttributionResolver} is asked for one.
		 * @return this builder
		 */
		public Builder shared() {
			return owner(this.owner.orElse(new Owner(OwnerPart.NOBODY, OwnerPart.NOBODY)));
		}

		/**
		 * Sets tenant and user, each with how well it is known.
		 * @param owner the owner
		 * @return this builder
		 */
		public Builder owner(Owner owner) {
			this.owner = owner;
			return this;
		}

		/**
		 * Adds a tag.
		 * @param key its name
		 * @param value its value
		 * @return this builder
		 */
		public Builder tag(String key, String value) {
			this.tags.put(key, value);
			return this;
		}

		/**
		 * Sets the version of the prompt.
		 * @param promptVersion the version, or {@code null}
		 * @return this builder
		 */
		public Builder promptVersion(@Nullable String promptVersion) {
			this.promptVersion = promptVersion;
			return this;
		}

		/**
		 * Sets the limits of each turn.
		 * @param limits the limits
		 * @return this builder
		 */
		public Builder limits(CallLimits limits) {
			this.limits = limits;
			return this;
		}

		/**
		 * Sets the money that calls draw on, rather than on what is free.
		 * @param held what the application holds
		 * @return this builder
		 */
		public Builder drawsOn(CostBudgets.Held held) {
			this.drawsOn = held.id();
			return this;
		}

		/**
		 * Returns the scope.
		 * @return a new scope, not yet open
		 */
		public CostScope build() {
			return new CostScope(this);
		}

	}

}
