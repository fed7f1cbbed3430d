package io.github.costwise.actuate;

import java.util.Map;
import java.util.function.Supplier;

import org.jspecify.annotations.Nullable;

import org.springframework.boot.actuate.endpoint.annotation.DeleteOperation;
import org.springframework.boot.actuate.endpoint.annotation.WriteOperation;
import org.springframework.boot.actuate.endpoint.web.WebEndpointResponse;
import org.springframework.boot.actuate.endpoint.web.annotation.EndpointWebExtension;

import io.github.costwise.spi.EvictionIncompleteException;

/**
 * Answers with status 503 where not everything could be removed, and tells what was.
 * Thread-safe.
 *
 * @since 0.1.0
 */
@EndpointWebExtension(endpoint = CostCacheEndpoint.class)
public class CostCacheEndpointWebExtension {

	private final CostCacheEndpoint endpoint;

	/**
	 * Creates the extension.
	 * @param endpoint what it extends
	 */
	public CostCacheEndpointWebExtension(CostCacheEndpoint endpoint) {
		this.endpoint = endpoint;
	}

	/**
	 * Removes entries by exactly one criterion.
	 * @param tenant a tenant, or {@code null}
	 * @param user a user, or {@code null}
	 * @param feature a feature, or {@code null}
	 * @param promptVersion a prompt version, or {@code null}
	 * @param tag a tag, or {@code null}
	 * @param entry id of an entry, or {@code null}
	 * @param all {@code true} for everything, or {@code null}
	 * @return how many entries were removed, -1 when the store cannot tell; with status
	 * 503 when some may be left
	 */
	@DeleteOperation
	public WebEndpointResponse<Map<String, ?>> evict(@Nullable String tenant, @Nullable String user,
			@Nullable String feature, @Nullable String promptVersion, @Nullable String tag, @Nullable String entry,
			@Nullable Boolean all) {
		return answer(() -> this.endpoint.evict(tenant, user, feature, promptVersion, tag, entry, all));
	}

	/**
	 * Records that a hit was wrong.
	 * @param markWrong id of the hit, as in the metadata of the response
	 * @return whether its entry was removed; with status 503 when it may be left
	 */
	@WriteOperation
	public WebEndpointResponse<Map<String, ?>> markWrong(String markWrong) {
		return answer(() -> this.endpoint.markWrong(markWrong));
	}

	private static WebEndpointResponse<Map<String, ?>> answer(Supplier<Map<String, ?>> operation) {
		try {
			return new WebEndpointResponse<>(operation.get());
		}
		catch (EvictionIncompleteException ex) {
			return new WebEndpointResponse<>(
					Map.of("removed", ex.removed(), "complete", false, "problem", String.valueOf(ex.getMessage())),
					WebEndpointResponse.STATUS_SERVICE_UNAVAILABLE);
		}
	}

}
