// Shapes by address, tried until they are there: a wall that starts while the server is busy must not stay blank.
const again = [1000, 2000, 5000];

/** Loads the shapes of all layers. `onFailure` is told how often it has failed; `given` says whether nobody waits any more. */
export async function loadShapes(layers, onFailure, given) {
  for (let failures = 0; !given(); failures++) {
    try {
      return await Promise.all(layers.map(async layer => {
        const answer = await fetch(layer.url);
        if (!answer.ok) throw new Error(`${layer.url}: ${answer.status}`);
        return answer.json();
      }));
    } catch (error) {
      if (failures === 0) console.warn('The shapes of the map did not load; trying again.', error);
      onFailure(failures + 1);
      await new Promise(resolve => setTimeout(resolve, again[Math.min(failures, again.length - 1)]));
    }
  }
  return [];
}
