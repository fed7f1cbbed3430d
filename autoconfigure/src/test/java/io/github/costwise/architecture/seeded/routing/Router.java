package io.github.costwise.architecture.seeded.routing;

import io.github.costwise.architecture.seeded.cache.EverythingCache;

public class Router {

	Object cache = new EverythingCache();

}
