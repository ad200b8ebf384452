/**
 * No import cycles between folders, the second half of `npm run check:layers`. The files right in src/lib are left out: each is a room of its
 * own, some above all others and some below, and .dependency-cruiser.mjs keeps them there.
 */
import layers, {rule} from './.dependency-cruiser.mjs'

export default {
  forbidden: [
    rule('no-folder-cycles', 'Folders that import each other are one room.', {}, {circular: true}, {scope: 'folder'}),
  ],
  options: {...layers.options, exclude: {path: '^src/lib/[^/]+[.]ts$'}},
}
